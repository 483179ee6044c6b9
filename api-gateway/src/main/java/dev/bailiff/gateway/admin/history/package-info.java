/** Purges of history and their status (admin-api 5.11, 5.12). A purge is a job. */
@NullMarked
package dev.bailiff.gateway.admin.history;

import org.jspecify.annotations.NullMarked;
