"""References typed by hand: lists taken apart, mentions in the text matched with them."""
