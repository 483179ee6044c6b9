package dev.bailiff.worker.tally;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.JobId;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** plan → tally → check; in a future release plan → tally → polish → check. */
public final class TallyKind implements KindDefinition {
  /**
   * The database of a worker that finds this kind by {@link java.util.ServiceLoader}. The test or
   * the worker process sets it.
   */
  public static volatile @Nullable Jdbi jdbi;

  /** Called with each item of a batch, before anything is done to it. */
  public static volatile Consumer<String> items = item -> {};

  /** Called with the number of each page that is planned, before it is stored. */
  public static volatile IntConsumer planPages = page -> {};

  /** Whether this process runs the release that has the stage {@code polish}. */
  public static volatile boolean polishes;

  private final Supplier<Jdbi> database;
  private final Effects effects;
  private final boolean joins;

  /** Commits a batch's effect and its checkpoint. */
  @FunctionalInterface
  public interface Effects {
    /** Rule 3: both or neither. */
    Effects TOGETHER =
        (database, job, commit, effect, record) ->
            database.useTransaction(
                handle -> {
                  handle.execute(
                      "select set_config('idle_in_transaction_session_timeout', '2000', true)");
                  commit.fence();
                  effect.accept(handle);
                  record.run();
                });

    void commit(
        Jdbi database, JobId job, StageCommit commit, Consumer<Handle> effect, Runnable record);
  }

  /** Called by {@link java.util.ServiceLoader}; works on {@link #jdbi}. */
  public TallyKind() {
    this(() -> Objects.requireNonNull(jdbi), Effects.TOGETHER);
  }

  public TallyKind(Supplier<Jdbi> database, Effects effects) {
    this(database, effects, false);
  }

  /**
   * @param joins whether a stage of one batch is worked in the transaction of the stage before
   */
  public TallyKind(Supplier<Jdbi> database, Effects effects, boolean joins) {
    this.database = database;
    this.effects = effects;
    this.joins = joins;
  }

  /** Creates the table in which effects are counted. */
  public static void createTable(Jdbi database) {
    database.useHandle(
        handle ->
            handle.execute(
                "create table if not exists tally (job_id text not null, stage text not null, item text not null, n bigserial)"));
  }

  @Override
  public String kind() {
    return "tally";
  }

  @Override
  public List<Stage> stages(StageServices services) {
    var stages = new ArrayList<Stage>();
    stages.add(new PlanStage(services, true));
    stages.add(new TallyStage("tally"));
    if (polishes) {
      stages.add(new TallyStage("polish"));
    }
    stages.add(new TallyStage("check"));
    return stages;
  }

  private final class TallyStage implements Stage {
    private final String name;

    TallyStage(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Batches batches() {
      return new Batches(10, 10);
    }

    @Override
    public boolean groupsCommits() {
      return true;
    }

    @Override
    public boolean joinsStageBefore() {
      return joins;
    }

    @Override
    public PlanPage plan(StageContext context, @Nullable Cursor after) {
      var parameters = context.parametersAs(TallyParameters.class);
      if (name.equals("check")) {
        return new PlanPage(List.of(new Range("check:1", 1)), List.of(), null);
      }
      if (name.equals("polish")) {
        return new PlanPage(List.of(new Range("polish:20", 20)), List.of(), null);
      }
      int page = after == null ? 0 : Integer.parseInt(after.value());
      int pages = Math.max(1, parameters.planPages());
      planPages.accept(page);
      var ranges = new ArrayList<Range>();
      for (int n = page; n < parameters.segments(); n += pages) {
        ranges.add(new Range("s" + n + ":" + parameters.items(), parameters.items()));
      }
      return new PlanPage(
          ranges, List.of(), page + 1 < pages ? new Cursor(Integer.toString(page + 1)) : null);
    }

    @Override
    public BatchOutcome work(
        StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
      var items = items(range, after, size);
      items.forEach(TallyKind.items);
      var bad = context.parametersAs(TallyParameters.class).badItem();
      if (bad != null && items.contains(bad)) {
        throw new BatchRefusedException("bad item", new IllegalArgumentException(bad));
      }
      var outcome = BatchOutcome.of(items.size(), 0, next(range, after, items.size()));
      effects.commit(
          database.get(),
          context.id(),
          commit,
          handle -> tally(handle, context, items),
          () -> commit.record(outcome));
      return outcome;
    }

    private void tally(Handle handle, StageContext context, List<String> items) {
      handle
          .createUpdate("insert into tally select :job, :stage, i from unnest(:items) as i")
          .bind("job", context.id().toString())
          .bind("stage", name)
          .bind("items", items.toArray(String[]::new))
          .execute();
      int millis = context.parametersAs(TallyParameters.class).batchMillis();
      if (millis > 0) {
        System.out.println("batch-open " + name);
        handle.execute("select pg_sleep(?)", millis / 1000.0);
      }
    }

    @Override
    public Remaining remaining(
        StageContext context, String range, @Nullable Cursor after, int size) {
      var items = items(range, after, size);
      return new Remaining(
          items.stream().map(item -> new Item(0, item, 1, false)).toList(),
          next(range, after, items.size()));
    }

    private List<String> items(String range, @Nullable Cursor after, int size) {
      var parts = range.split(":");
      int from = after == null ? 0 : Integer.parseInt(after.value());
      int to = Math.min(Integer.parseInt(parts[1]), from + size);
      return IntStream.range(from, to).mapToObj(n -> parts[0] + "-" + n).toList();
    }

    private @Nullable Cursor next(String range, @Nullable Cursor after, int items) {
      int at = (after == null ? 0 : Integer.parseInt(after.value())) + items;
      return at < Integer.parseInt(range.split(":")[1]) ? new Cursor(Integer.toString(at)) : null;
    }
  }
}
