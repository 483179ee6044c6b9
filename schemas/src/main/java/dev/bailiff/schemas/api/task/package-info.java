/** Replies about jobs that the admin API shows as tasks (admin-api 5.24). */
@NullMarked
package dev.bailiff.schemas.api.task;

import org.jspecify.annotations.NullMarked;
