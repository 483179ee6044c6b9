/** Rules on packages and names, checked in every module. */
@NullMarked
package dev.bailiff.testing.architecture;

import org.jspecify.annotations.NullMarked;
