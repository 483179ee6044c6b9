package dev.bailiff.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.AttachedExtensionHandler;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.ExtensionHandler;
import org.jdbi.v3.core.extension.ExtensionMetadata;
import org.jdbi.v3.core.extension.ExtensionMetadata.ExtensionHandlerInvoker;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.sqlobject.SqlObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * DAOs of JDBI that prepare a method when it is called.
 *
 * <p>JDBI itself prepares all methods of a DAO whenever the DAO is attached to a handle. The engine
 * attaches two or three DAOs in a transaction of as many statements: preparing them took nearly
 * half of the CPU time that a worker spends outside PostgreSQL. JDBI also warms methods up at each
 * attachment. Warming up fills caches of the whole {@link Jdbi}, so once is enough. JDBI still
 * executes the methods.
 */
final class LazyDaos {
  private LazyDaos() {}

  /** Installs these DAOs; call it after installing the plugin for SQL objects. */
  static void install(Jdbi jdbi) {
    var extensions = jdbi.getConfig(Extensions.class);
    extensions.register(new Factory(extensions.findFactory(SqlObjectFactory.class).orElseThrow()));
    extensions.registerHandlerCustomizer((handler, type, method) -> new WarmedOnce(handler));
  }

  /** One method of a DAO, for all handles. */
  private static final class WarmedOnce implements ExtensionHandler {
    private final ExtensionHandler method;
    private final AtomicBoolean warm = new AtomicBoolean();

    WarmedOnce(ExtensionHandler method) {
      this.method = method;
    }

    @Override
    public AttachedExtensionHandler attachTo(ConfigRegistry config, Object target) {
      var attached = method.attachTo(config, target);
      return new AttachedExtensionHandler() {
        @Override
        public @Nullable Object invoke(HandleSupplier handles, @Nullable Object... arguments)
            throws Exception {
          return attached.invoke(handles, arguments);
        }

        @Override
        public void warm(ConfigRegistry methodConfig) {
          if (warm.compareAndSet(false, true)) {
            attached.warm(methodConfig);
          }
        }
      };
    }
  }

  /** Precedes JDBI's own factory: JDBI asks the factory registered last first. */
  private static final class Factory implements ExtensionFactory {
    private final ExtensionFactory daos;
    private final Map<Class<?>, Boolean> accepted = new ConcurrentHashMap<>();

    Factory(ExtensionFactory daos) {
      this.daos = daos;
    }

    @Override
    public boolean accepts(Class<?> type) {
      return accepted.computeIfAbsent(type, daos::accepts);
    }

    @Override
    public Set<FactoryFlag> getFactoryFlags() {
      return Set.of(FactoryFlag.DONT_USE_PROXY); // attach() already returns a proxy
    }

    @Override
    public <E> E attach(Class<E> type, HandleSupplier handles) {
      var metadata = handles.getConfig().get(Extensions.class).findMetadata(type, daos);
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, new Attached(metadata, handles)));
    }
  }

  /** One DAO on one handle; no more thread-safe than the handle. */
  private static final class Attached implements InvocationHandler {
    private final ExtensionMetadata metadata;
    private final HandleSupplier handles;
    private final ConfigRegistry config;
    private final Map<Method, ExtensionHandlerInvoker> prepared = new HashMap<>();

    Attached(ExtensionMetadata metadata, HandleSupplier handles) {
      this.metadata = metadata;
      this.handles = handles;
      this.config = metadata.createInstanceConfiguration(handles.getConfig());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      if (method.getDeclaringClass() == Object.class) {
        return switch (method.getName()) {
          case "equals" -> proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          default -> metadata.extensionType().getSimpleName();
        };
      }
      return prepared
          .computeIfAbsent(
              method, m -> metadata.createExtensionHandlerInvoker(proxy, m, handles, config))
          .invoke(arguments);
    }
  }
}
