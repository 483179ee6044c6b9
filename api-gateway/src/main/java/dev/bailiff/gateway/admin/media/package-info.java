/**
 * Media: their lists and records, and the deletions, which are jobs (admin-api 4.13, 4.14, 5.13 to
 * 5.16, 5.23).
 */
@NullMarked
package dev.bailiff.gateway.admin.media;

import org.jspecify.annotations.NullMarked;
