package dev.bailiff.gateway.audit;

import dev.bailiff.audit.AuditReader;
import dev.bailiff.gateway.route.ApiModule;
import java.util.List;

/** The calls on the audit. */
public record AuditCalls(AuditReader audit) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new AuditResource(audit));
  }
}
