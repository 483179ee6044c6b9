/**
 * The call that deactivates an account (admin-api 4.7). It is a job; the call answers when the
 * account is closed.
 */
@NullMarked
package dev.bailiff.gateway.admin.deactivation;

import org.jspecify.annotations.NullMarked;
