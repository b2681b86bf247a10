"""What is done with any text: it is compared, looked for, and made safe to show."""
