/**
 * Redactions of everything that a user sent, and their status (admin-api 4.34, 4.35). A redaction
 * is a job.
 */
@NullMarked
package dev.bailiff.gateway.admin.redaction;

import org.jspecify.annotations.NullMarked;
