"""Tests of govdisclose."""
