/** How processes reach PostgreSQL: the connection pool, JDBI on it, and the migrations. */
@NullMarked
package dev.bailiff.database;

import org.jspecify.annotations.NullMarked;
