package dev.bailiff.worker.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections on which each statement and each commit is a step. {@link Faults} may act before each
 * step, and between the work of the database and its answer.
 */
final class SteppedConnections implements ConnectionFactory {
  private static final String CONNECTION_FAILURE = "08006";
  private static final String FENCE = "for no key update of s";

  /**
   * Start of the statement that decides twice a second whether to publish progress. The engine runs
   * it in real time, so on a slow machine it comes more often within a schedule. It does not count
   * as a step: otherwise a seed would give another schedule on such a machine.
   */
  static final String TOLD_BY_REAL_TIME = "update jobs.stage set progress_at";

  private final DataSource dataSource;
  private final Supplier<Faults> faults;
  private final UnaryOperator<String> rewrite;
  private final BooleanSupplier answersFirst;
  private final Runnable fencing;

  /**
   * @param rewrite returns the statement that replaces the engine's
   * @param answersFirst whether a commit is answered before it is made, so that it may fail after
   *     the answer
   * @param fencing called when a batch, or a group of batches, asks whether it may begin
   */
  SteppedConnections(
      DataSource dataSource,
      Supplier<Faults> faults,
      UnaryOperator<String> rewrite,
      BooleanSupplier answersFirst,
      Runnable fencing) {
    this.dataSource = dataSource;
    this.faults = faults;
    this.rewrite = rewrite;
    this.answersFirst = answersFirst;
    this.fencing = fencing;
  }

  @Override
  public Connection openConnection() throws SQLException {
    var connection = dataSource.getConnection();
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" -> {
                arguments[0] = rewrite.apply((String) arguments[0]);
                var statement = (PreparedStatement) invoke(connection, method, arguments);
                if (((String) arguments[0]).startsWith(TOLD_BY_REAL_TIME)) {
                  yield statement;
                }
                yield statement(connection, statement, (String) arguments[0]);
              }
              case "commit" -> {
                faults.get().before("commit");
                if (answersFirst.getAsBoolean() && faults.get().losesAnswer()) {
                  connection.rollback();
                  yield null;
                }
                var result = invoke(connection, method, arguments);
                answer("commit");
                yield result;
              }
              default -> invoke(connection, method, arguments);
            });
  }

  private PreparedStatement statement(
      Connection connection, PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (!method.getName().startsWith("execute")) {
            return invoke(statement, method, arguments);
          }
          faults.get().before(sql);
          if (sql.contains(FENCE) && !sql.contains("skip locked")) {
            fencing.run();
          }
          var result = invoke(statement, method, arguments);
          if (connection.getAutoCommit()) {
            answer(sql);
          }
          return result;
        });
  }

  private void answer(String step) throws SQLException {
    if (faults.get().losesAnswer()) {
      throw new SQLException("the answer was lost: " + step, CONNECTION_FAILURE);
    }
    faults.get().before("after " + step);
  }

  private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SteppedConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
