/**
 * Deletions, shutdowns and purges of rooms, and their status (admin-api 4.37 to 4.39, 5.1 to 5.4).
 * A deletion is a job.
 */
@NullMarked
package dev.bailiff.gateway.admin.roomdeletion;

import org.jspecify.annotations.NullMarked;
