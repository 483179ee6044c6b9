/**
 * The contract of the homeserver port, one class for each feature, and the fixture that each
 * implementation of the port offers to it.
 */
@NullMarked
package dev.bailiff.testing.homeserver.contract;

import org.jspecify.annotations.NullMarked;
