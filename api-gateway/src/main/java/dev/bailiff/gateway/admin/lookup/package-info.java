/**
 * Finds a user by something else, or what a user is in: names, third-party ids, rooms, counts
 * (admin-api 4.11, 4.31 to 4.33, 5.27 to 5.29).
 */
@NullMarked
package dev.bailiff.gateway.admin.lookup;

import org.jspecify.annotations.NullMarked;
