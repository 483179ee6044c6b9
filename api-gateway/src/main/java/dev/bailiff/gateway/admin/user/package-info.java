/**
 * Accounts: their lists, creation, changes, flags and limits (admin-api 4.1 to 4.4, 4.8 to 4.10,
 * 4.12, 4.26 to 4.30, 5.26).
 */
@NullMarked
package dev.bailiff.gateway.admin.user;

import org.jspecify.annotations.NullMarked;
