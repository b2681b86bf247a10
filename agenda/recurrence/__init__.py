"""How events recur: rules of recurrence (RFC 5545, 3.3.10), and the occurrences that they make."""
