/**
 * The few client calls that admin tools make: login and logout, who am I, what the server speaks
 * (admin-api 4.16, 4.17, 5.30 to 5.34). Built on the package above, which knows nothing of this
 * one.
 */
@NullMarked
package dev.bailiff.gateway.resource.session;

import org.jspecify.annotations.NullMarked;
