-- hotspot: hot spot analytics for policing, inside the database.

\echo Use "CREATE EXTENSION hotspot" to load this file. \quit

