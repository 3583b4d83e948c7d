"""Measuring the coder on the gold sets of an evaluation folder, beside the peers and the floors."""
