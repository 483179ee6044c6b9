/**
 * The OpenAPI document of everything that the gateway serves, kept by hand as YAML files beside
 * this package, one for each feature. Who serves or checks it joins them; nothing here does.
 */
@NullMarked
package dev.bailiff.schemas.openapi;

import org.jspecify.annotations.NullMarked;
