FROM python:3.11-slim AS build
WORKDIR /bank
COPY requirements-run.lock pyproject.toml README.md settings.py ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-run.lock
COPY catalog catalog
COPY commands commands
COPY indexer indexer
COPY mappings mappings
COPY webapp webapp
COPY workers workers
# The table of Swedish words is made here, as no process may write into the environment later. What installs is taken
# off at the end: nobody who gets into a container finds it there.
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /venv/bin/python -P -m indexer.analysis \
    && /venv/bin/pip uninstall --quiet --yes setuptools pip

# Nothing is written outside /data, /originals and /tmp, so the root file system may be read-only. Run with an init
# process (docker run --init, or init: true): readers fork a child for each file.
FROM python:3.11-slim
# tesseract reads scanned pages, antiword and catdoc old Word (1 MB). LibreOffice makes page pictures of Word, slides and
# OpenDocument (some 75 MB to fetch, 220 MB installed): without it, --build-arg LIBREOFFICE=no, their text is shown alone.
ARG LIBREOFFICE=yes
# Debian's security updates move the versions and take the old ones away.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends antiword catdoc tesseract-ocr tesseract-ocr-swe \
    && if [ "$LIBREOFFICE" = yes ]; then apt-get install -y -qq --no-install-recommends \
        libreoffice-writer-nogui libreoffice-impress-nogui fonts-liberation; fi \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data bank \
    && install -d -o bank -m 0700 /data /data/pictures /originals
COPY --from=build /venv /venv
USER 10001
ENV KB_DATA=/data KB_ADDRESS=0.0.0.0:8000 PYTHONDONTWRITEBYTECODE=1
VOLUME ["/data"]
EXPOSE 8000
ENTRYPOINT ["/venv/bin/kunskapsbanken"]
CMD ["serve"]
