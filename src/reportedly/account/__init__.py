"""A coded article laid out for people: in the terminal, and as one HTML page."""
