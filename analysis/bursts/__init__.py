"""Bursts: something switched on against its rhythm, sleepers woke together, the same accounts comment first."""
