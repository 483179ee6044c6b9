/**
 * Rooms: their list, details, members, aliases and blocks, and the joins and admin rights of users
 * (admin-api 4.36, 5.5, 5.6, 5.9, 5.10, 5.35).
 */
@NullMarked
package dev.bailiff.gateway.admin.room;

import org.jspecify.annotations.NullMarked;
