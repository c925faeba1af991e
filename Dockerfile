# syntax=docker/dockerfile:1.7
# One file for all images. The services share one build; SERVICE picks which of them goes into the image:
#
#   docker build --build-arg SERVICE=ws-edge -t parley/ws-edge .
#   docker build --target gateway -t parley/gateway .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -am \
      -pl command-service,identity-service,projection-service,search-service,ws-edge \
      -Dmaven.test.skip=true -Dlint=off -Dspotless.check.skip=true package

FROM node:22-bookworm-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

# The origin of the browser: the page, and every route to the services.
FROM nginxinc/nginx-unprivileged:1.29-alpine AS gateway
ENV NGINX_ENTRYPOINT_LOCAL_RESOLVERS=1 \
    NGINX_ENVSUBST_FILTER="^(PARLEY_.*|NGINX_LOCAL_RESOLVERS)$"
COPY docker/nginx.conf /etc/nginx/templates/default.conf.template
COPY --from=page /src/web/dist /usr/share/nginx/html
EXPOSE 8080

FROM eclipse-temurin:25-jre AS service
ARG SERVICE
# /state is the decider's alone: what is lost there comes back from its changelog.
RUN test -n "${SERVICE}" || { echo "Set --build-arg SERVICE=ws-edge, command-service, ..."; exit 1; }; \
    groupadd --gid 10001 parley \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin parley \
    && install --directory --owner 10001 --group 10001 --mode 0750 /state
COPY --chmod=0555 docker/ready.sh /usr/local/bin/ready
COPY --from=build /src/${SERVICE}/target/quarkus-app/ /app/
USER 10001:10001
WORKDIR /app
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    JAVA_OPTIONS=""
EXPOSE 8080
# exec: the JVM gets the SIGTERM that makes it drain. An image runs with half its memory limit as heap at most,
# since RocksDB, Netty and threads live outside of it.
ENTRYPOINT ["sh", "-c", "exec java -XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djava.util.logging.manager=org.jboss.logmanager.LogManager ${JAVA_OPTIONS} -jar /app/quarkus-run.jar"]
