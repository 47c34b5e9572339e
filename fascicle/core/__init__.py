"""What every stage may use: the system it runs on."""
