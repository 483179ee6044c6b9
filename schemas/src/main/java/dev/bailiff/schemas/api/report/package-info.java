/** Replies about reports on events and users (admin-api 5.36, 5.37). */
@NullMarked
package dev.bailiff.schemas.api.report;

import org.jspecify.annotations.NullMarked;
