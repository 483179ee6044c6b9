/**
 * Logins, logouts, the places where a user is logged in, and the few client calls that admin tools
 * make (admin-api 4.5, 4.6, 4.15 to 4.17, 5.30 to 5.34).
 */
@NullMarked
package dev.bailiff.gateway.admin.session;

import org.jspecify.annotations.NullMarked;
