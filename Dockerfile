# The three commands in one image. Without arguments, or with `lite`, it is the reference server; `conformance` and
# `load` are the others. See docs/ways-in.md.
#
#   docker build -t s2-conformance .

# Any image with Node 24 and npm on Debian.
ARG BASE=docker.io/library/node:24-slim

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The package as it is published, with the dependencies of the lock file.
RUN npm pack --silent \
  && mkdir /app \
  && tar -xzf s2-conformance-*.tgz -C /app --strip-components=1 \
  && cp package-lock.json /app/ \
  && npm ci --prefix /app --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund \
  && mkdir -p /app/scripts && cp -r scripts/container /app/scripts/ \
  && mkdir -m 700 /data

FROM ${BASE}
COPY --from=build /app /app
COPY --from=build --chown=1000:1000 /data /data
# No user of the base image is needed by name, so its number stands here.
USER 1000:1000
ENV HOME=/tmp
WORKDIR /data
VOLUME /data
EXPOSE 80
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s \
  CMD ["node", "/app/scripts/container/health.ts"]
ENTRYPOINT ["node", "/app/scripts/container/entry.ts"]
