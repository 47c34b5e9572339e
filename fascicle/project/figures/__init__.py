"""The ledger of figures, and figures prepared for print and screen."""
