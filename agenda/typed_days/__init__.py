"""What people type for days, in English, Italian and Japanese, read into periods of days."""
