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
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data bank && install -d -o bank /data
COPY --from=build /venv /venv
USER bank
ENV KB_DATA=/data KB_ADDRESS=0.0.0.0:8000
VOLUME /data
EXPOSE 8000
CMD ["/venv/bin/kunskapsbanken", "serve"]
