package dev.bailiff.gateway.auth;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.process.internal.RequestScoped;

/** Lets resources ask for {@code @Context Call}. */
public final class CallBinder extends AbstractBinder {

  @Override
  protected void configure() {
    bindFactory(CallOfRequest.class).to(Call.class).in(RequestScoped.class);
  }

  /** Reads the call that {@link AuthenticationFilter} left. */
  static final class CallOfRequest implements Supplier<Call> {
    private final ContainerRequestContext request;

    @Inject
    CallOfRequest(ContainerRequestContext request) {
      this.request = request;
    }

    @Override
    public Call get() {
      return (Call) request.getProperty(Call.class.getName());
    }
  }
}
