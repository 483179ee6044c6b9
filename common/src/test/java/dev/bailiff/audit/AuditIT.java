package dev.bailiff.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.SettableClock;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit under two roles: rows, chain, attacks behind Bailiff's back, archive. */
class AuditIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  @TempDir private Path folder;

  private Jdbi owner;
  private Database database;
  private Jdbi jdbi;
  private AuditChain chain;

  @BeforeEach
  void open() {
    owner = Database.jdbi(postgres.dataSource());
    owner.useHandle(
        handle ->
            handle.execute(
                """
                do $$ begin
                  if to_regrole('audit_test_runtime') is null then
                    create role audit_test_runtime login password 'runtime';
                  end if;
                end $$
                """));
    database =
        Database.open(
            new DatabaseConfig(postgres.jdbcUrl(), "audit_test_runtime", "runtime")
                .ownedBy(new DatabaseConfig.OwnerRole(postgres.user(), postgres.password())),
            "test");
    database.migrate();
    jdbi = database.jdbi();
    chain = new AuditChain(jdbi);
  }

  @AfterEach
  void close() {
    database.close();
    owner.useHandle(handle -> handle.execute("drop owned by audit_test_runtime"));
  }

  @Test
  void theRuntimeRoleAddsAndReadsAndDoesNothingElse() {
    add(1);

    for (var refused :
        List.of(
            "update access.audit set why = 'none'",
            "delete from access.audit",
            "truncate access.audit",
            "drop table access.audit",
            "alter table access.audit disable trigger all",
            "insert into access.audit (what, result, at) values ('job', 'done', now())",
            "insert into access.audit (what, result, xid) values ('job', 'done', '7')",
            "delete from access.audit_link",
            "insert into access.audit_archive values (current_date, 1, '', 1, '')",
            "create table access.audit_more partition of access.audit default",
            "select * from access.audit_other")) {
      assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(refused)))
          .as(refused)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
    assertThat(AuditOwner.isWeak(jdbi)).isFalse();
    assertThat(AuditOwner.isWeak(owner)).isTrue();
    assertThat(new AuditReader(jdbi).page(anything(), null, 10)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update access.audit set why = 'none'",
        "delete from access.audit",
        "truncate access.audit",
        "update access.audit_link set total = 0",
        "truncate access.audit_archive"
      })
  void triggersRefuseChangesToTheOwnerToo(String change) {
    add(1);

    assertThatThrownBy(() -> owner.useHandle(handle -> handle.execute(change)))
        .hasMessageContaining("never changed or deleted");
  }

  @Test
  void theRuntimeRoleMakesPartitionsThroughTheFunctionAlone() {
    owner.useHandle(
        handle -> {
          var last =
              handle
                  .createQuery(
                      "select max(inhrelid::regclass::text) from pg_inherits where inhparent = 'access.audit'::regclass"
                          + " and inhrelid::regclass::text ~ '[0-9]$'")
                  .mapTo(String.class)
                  .one();
          handle.execute("drop table " + last);
        });

    chain.makePartitions();

    assertThat(months()).isEqualTo(3);
  }

  @Test
  void rowsAreChainedInOrderAndVerify() {
    add(2);
    linkAll();
    add(3);
    linkAll();

    var report = verify(List.of());

    assertThat(report.faults()).isEmpty();
    assertThat(report.rows()).isEqualTo(5);
    assertThat(report.head().orElseThrow().number()).isEqualTo(5);
    assertThat(report.unchained()).isZero();
  }

  @Test
  void aRowOfATransactionThatStillRunsIsChainedBehindIt() {
    try (Handle early = jdbi.open()) {
      early.begin();
      entry("early").insert(early);
      add(1); // later, and committed first
      chain.link();

      var meanwhile = verify(List.of());
      assertThat(meanwhile.head()).isEmpty();
      assertThat(meanwhile.unchained()).isEqualTo(1);
      assertThat(meanwhile.unchainedSince()).isPresent();

      early.commit();
    }
    linkAll();
    assertThat(verify(List.of()).head().orElseThrow().number()).isEqualTo(2);
    assertThat(verify(List.of()).isWhole()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update access.audit set who = '@other:x' where whom = '@u2:x' | row 2 of .* was changed",
        "update access.audit set items = array['$b'] where whom = '@u2:x' | row 2 of .* was changed",
        "delete from access.audit where whom = '@u2:x' | 1 row is missing of rows 1 to 3",
        "delete from access.audit where whom = '@u3:x' | 1 row is missing of rows 1 to 3",
        "update access.audit a set whom = b.whom from access.audit b where a.audit_id in (1, 2) and b.audit_id = 3 - a.audit_id | row 1 of .* was changed",
        "update access.audit a set xid = case audit_id when 1 then (select xid from access.audit where audit_id = 2) else (select xid from access.audit where audit_id = 1) end where audit_id in (1, 2) | was changed",
        "insert into access.audit (what, result, xid) overriding system value select 'job', 'done', xid from access.audit where audit_id = 1 | was changed or added",
        "insert into access.audit (what, result, xid, at) select 'job', 'done', xid, now() + interval '1 month' from access.audit where audit_id = 1 | stand beside the chain",
        "delete from access.audit_link where link = 1 | links 1 to 1 are missing",
        "update access.audit_link set total = 7 where link = 2 | hash is another",
        "update access.audit_link set hash = sha256('x') where link = 1 | hash is another",
        "delete from access.audit | rows are missing"
      })
  void whatIsChangedBehindItsBackShows(String change, String shown) {
    add(3);
    linkAll();
    add(2);
    linkAll();
    assertThat(verify(List.of()).isWhole()).isTrue();

    attack(change);

    var report = verify(List.of());
    assertThat(report.isWhole()).isFalse();
    assertThat(report.faults()).anySatisfy(fault -> assertThat(fault).containsPattern(shown));
  }

  @Test
  void aChainThatIsCutOffShowsByAHeadOfBefore() {
    add(2);
    linkAll();
    var first = chain.head().orElseThrow();
    add(2);
    linkAll();
    var last = chain.head().orElseThrow();
    assertThat(verify(List.of(first, last)).isWhole()).isTrue();

    attack(
        "delete from access.audit where audit_id > 2; delete from access.audit_link where link > 1");

    assertThat(verify(List.of()).isWhole()).as("nothing else can tell").isTrue();
    assertThat(verify(List.of(first)).isWhole()).isTrue();
    assertThat(verify(List.of(first, last)).faults())
        .containsExactly(
            "no link ends at the head with the number 4: what was behind 2 is cut off");
  }

  @Test
  void aChainThatIsMadeAnewShowsByAHeadOfBefore() {
    add(3);
    linkAll();
    var kept = chain.head().orElseThrow();

    attack(
        "update access.audit set who = '@other:x' where audit_id = 2; delete from access.audit_link");
    linkAll();

    assertThat(verify(List.of()).isWhole()).isTrue();
    assertThat(verify(List.of(kept)).faults())
        .singleElement()
        .asString()
        .contains("had another hash");
  }

  @Test
  void headsAreFoundInLogsAndRecords() {
    var hash = "0a".repeat(32);
    assertThat(
            AuditHead.in(
                "INFO  [2026-12-01 16:00:01,123] audit head 42 "
                    + hash
                    + "\n\nno head\n"
                    + new AuditHead(43, hash).json()))
        .containsExactly(new AuditHead(42, hash), new AuditHead(43, hash));
  }

  @Test
  void aMonthGoesIntoAFileAndTheRestStillVerifies() throws IOException {
    owner.useHandle(
        handle -> {
          handle.execute(
              "create table access.audit_2026_01 partition of access.audit for values from ('2026-01-01Z') to ('2026-02-01Z')");
          for (int n = 1; n <= 2; n++) {
            handle.execute(
                "insert into access.audit (at, what, whom, result) values ('2026-01-31 23:59Z', 'job', ?, 'done')",
                "=1+" + n);
          }
        });
    add(2); // in the same link's place
    linkAll();
    add(1);
    linkAll();
    var file = folder.resolve("january.ndjson");
    var archive = new AuditArchive(owner, SettableClock.at(Instant.parse("2026-03-01T00:00:00Z")));

    assertThatThrownBy(() -> archive.archive(YearMonth.of(2026, 3), file))
        .hasMessageContaining("not over yet");
    var archived = archive.archive(YearMonth.of(2026, 1), file);

    assertThat(archived.rows()).isEqualTo(2);
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2).first().asString().contains("\"=1+1\"");
    assertThat(HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file))))
        .isEqualTo(archived.sha256());
    linkAll();
    var report = verify(List.of(archived.head()));
    assertThat(report.faults()).isEmpty();
    assertThat(report.rows()).as("three, and the one about the archive").isEqualTo(4);
    assertThat(report.archived()).singleElement().asString().startsWith("2026-01, 2 rows");
    assertThat(new AuditReader(jdbi).page(anything(), null, 1).get(0).what())
        .isEqualTo("audit archive");
  }

  @Test
  void nothingIsArchivedThatIsNotWhole() {
    add(1);
    linkAll();
    attack("update access.audit set who = 'nobody'");

    assertThatThrownBy(
            () ->
                new AuditArchive(owner, SettableClock.at(Instant.parse("2099-03-01T00:00:00Z")))
                    .archive(YearMonth.now(java.time.ZoneOffset.UTC), folder.resolve("file")))
        .hasMessageContaining("not whole");
    assertThat(folder.resolve("file")).doesNotExist();
  }

  @Test
  void aTransactionOfACallHasItsRowOrNothing() {
    AuditedTransactions.install(jdbi);
    var call = new AuditedCall(entry("@u:x"));
    call.begin();
    try {
      jdbi.useHandle(handle -> handle.execute("select 1"));
      assertThat(call.isWritten()).as("nothing was changed").isFalse();

      assertThatThrownBy(
          () ->
              jdbi.useTransaction(
                  handle -> {
                    handle.execute("delete from access.operator_token");
                    throw new IllegalStateException("refused");
                  }));
      assertThat(call.isWritten()).isFalse();

      // outside of a transaction
      jdbi.useHandle(
          handle ->
              handle.execute(
                  "insert into access.operator_token (token_sha256, name) values (sha256('a'), 'a')"));
      assertThat(call.isWritten()).isTrue();
    } finally {
      AuditedCall.end();
    }
    assertThat(new AuditReader(jdbi).page(anything(), null, 10))
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isEqualTo("done"));
  }

  /** A row longer than an index takes would undo the change that it tells of. */
  @Test
  void longAndUnstorableTextsAreTold() {
    jdbi.useHandle(entry("\u0000" + "x".repeat(9_000)).with("refused 404")::insert);

    assertThat(new AuditReader(jdbi).page(anything(), null, 1).get(0).whom())
        .startsWith("\\u0000xxx")
        .hasSize(500);
  }

  @Test
  void listsAreFilteredAndPaged() {
    add(5);
    var reader = new AuditReader(jdbi);

    var first = reader.page(anything(), null, 3);
    var second = reader.page(anything(), first.get(2).place(), 3);

    assertThat(first).extracting(AuditRow::whom).containsExactly("@u5:x", "@u4:x", "@u3:x");
    assertThat(second).extracting(AuditRow::whom).containsExactly("@u2:x", "@u1:x");
    assertThat(
            reader.page(
                new AuditReader.Filter("@admin:x", "PUT /x", "@u2:x", null, null, Instant.now()),
                null,
                9))
        .hasSize(1);
    assertThat(
            reader.page(
                new AuditReader.Filter(null, null, null, null, Instant.now(), null), null, 9))
        .isEmpty();
  }

  private static AuditReader.Filter anything() {
    return new AuditReader.Filter(null, null, null, null, null, null);
  }

  private static AuditEntry entry(String whom) {
    return new AuditEntry("@admin:x", "sha256:0", "192.0.2.1", "PUT /x", whom, null, null, "done");
  }

  private void add(int rows) {
    for (int n = 1; n <= rows; n++) {
      jdbi.useHandle(entry("@u" + n + ":x")::insert);
    }
  }

  /** Other databases of the server may have transactions that hold the chain up. */
  private void linkAll() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              chain.link();
              return verify(List.of()).unchained() == 0;
            });
  }

  private AuditReport verify(List<AuditHead> heads) {
    return new AuditVerification(jdbi).run(heads);
  }

  private void attack(String statements) {
    owner.useHandle(
        handle -> {
          handle.execute("set session_replication_role = replica"); // no trigger runs
          handle.createScript(statements).executeAsSeparateStatements();
          handle.execute("reset session_replication_role");
        });
  }

  private int months() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from pg_inherits where inhparent = 'access.audit'::regclass and inhrelid::regclass::text ~ '[0-9]$'")
                .mapTo(Integer.class)
                .one());
  }
}
