/**
 * The OpenAPI document of everything that the gateway serves, kept by hand as YAML files beside
 * this package, one for each feature. The gateway and the tests join these files; nothing here
 * does.
 */
@NullMarked
package dev.bailiff.schemas.openapi;

import org.jspecify.annotations.NullMarked;
