/**
 * Media: their lists and records, quarantine and protection, and the deletions, which are jobs
 * (admin-api 4.13, 4.14, 5.13 to 5.23, 5.41).
 */
@NullMarked
package dev.bailiff.gateway.admin.media;

import org.jspecify.annotations.NullMarked;
