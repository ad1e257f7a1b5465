# The monitor and its Airflow. Built by docker-compose.yml; LOCK=image-models adds PyTorch and sentence-transformers.
FROM python:3.11.15-slim-trixie AS build
ARG LOCK=image
ENV PATH=/opt/stemwacht/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/stemwacht
COPY requirements/ requirements/
# Every package at one version and checked by its hash; none is compiled here, so no compiler is installed.
RUN pip install --require-hashes --only-binary :all: --requirement "requirements/${LOCK}.lock"
COPY LICENSE MANIFEST.in README.md pyproject.toml setup.cfg ./
COPY alerts/ alerts/
COPY analysis/ analysis/
COPY es_mappings/ es_mappings/
COPY ingest/ ingest/
COPY stemwacht/ stemwacht/
COPY store/ store/
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11.15-slim-trixie
LABEL org.opencontainers.image.title="Stemwacht" \
      org.opencontainers.image.description="Monitor of information integrity around elections" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="EUPL-1.2"
# A volume takes owner and rights of the folder that it is mounted over; whoever runs the containers has this group.
RUN groupadd --gid 10001 stemwacht \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin stemwacht \
    && install --directory --owner 10001 --group 10001 --mode 2770 /airflow /data /in /key /out
COPY --from=build /opt/stemwacht /opt/stemwacht
COPY LICENSE /app/
COPY dags/ /app/dags/
COPY deploy/airflow-setup.sh deploy/healthy.py /app/
ENV PATH=/opt/stemwacht/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /data
USER 10001:10001
HEALTHCHECK --interval=2m --timeout=1m --start-period=1m CMD ["stemwacht", "status", "--most-waiting", "100000"]
CMD ["stemwacht", "watch"]
