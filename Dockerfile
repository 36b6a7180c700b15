# The three commands in one image. Without arguments, or with `lite`, it runs the reference server; `conformance` and
# `load` run the others. See docs/ways-in.md.
#
#   docker build -t s2-conformance .

# Any image with Node 24 and npm on Debian.
ARG BASE=docker.io/library/node:24-slim

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The package as it is published, with the versions of the lock file and the optional peers that the commands load, and
# without its pages and vectors.
RUN npm pack --silent \
  && mkdir -p /image/app \
  && tar -xzf s2-conformance-*.tgz -C /image/app --strip-components=1 \
  && cp package-lock.json /image/app/ \
  && cd /image/app \
  && npm pkg delete devDependencies peerDependencies peerDependenciesMeta \
  && npm install --omit=peer --ignore-scripts --no-audit --no-fund selfsigned @node-rs/xxhash \
  && rm -rf docs examples reports/published dist/vectors \
  && mkdir -p scripts && cp -r /src/scripts/container scripts/ \
  && mkdir -m 1777 /image/tmp
# Node, the shell and `cat` with which a server is launched, and the libraries that they load.
RUN cp --parents --dereference "$(command -v node)" /bin/sh /bin/cat /image \
  && ldd "$(command -v node)" /bin/sh /bin/cat | grep -o '/[^ :]*' | sort -u | xargs cp --parents --dereference -t /image

FROM scratch
COPY --from=build /image /
# User 1000 has no name, since the image has no file of users. A volume takes its owner from this directory.
COPY --from=build --chown=1000:1000 /image/tmp /data
USER 1000:1000
ENV HOME=/tmp PATH=/usr/local/bin:/bin
WORKDIR /data
VOLUME /data
EXPOSE 80
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s \
  CMD ["node", "/app/scripts/container/health.ts"]
ENTRYPOINT ["node", "/app/scripts/container/entry.ts"]
