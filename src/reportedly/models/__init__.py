"""Weights and tokenizer of the text encoder, and what reads them."""
