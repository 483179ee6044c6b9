/**
 * Look-ups of users by names and third-party ids, and of the rooms and counts of a user (admin-api
 * 4.11, 4.31 to 4.33, 5.27 to 5.29).
 */
@NullMarked
package dev.bailiff.gateway.admin.lookup;

import org.jspecify.annotations.NullMarked;
