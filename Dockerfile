FROM python:3.11-slim AS build
WORKDIR /bank
COPY requirements.lock pyproject.toml README.md settings.py ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY catalog catalog
COPY commands commands
COPY indexer indexer
COPY mappings mappings
COPY webapp webapp
COPY workers workers
# The table of Swedish words is made here, as no process may write into the environment later.
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /venv/bin/python -P -m indexer.analysis

# Nothing is written outside /data, /originals and /tmp, so the root file system may be read-only. Run with an init
# process (docker run --init, or init: true): readers fork a child for each file.
FROM python:3.11-slim
# Scanned pages are read by tesseract; everything else works without it. Its version is that of the image's Debian.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-swe \
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
