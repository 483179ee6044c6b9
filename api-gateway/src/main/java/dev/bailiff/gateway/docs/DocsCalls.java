package dev.bailiff.gateway.docs;

import dev.bailiff.gateway.route.ApiModule;
import java.util.List;

/** The OpenAPI document and its page. */
public record DocsCalls() implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new OpenApiResource(), new DocsResource());
  }
}
