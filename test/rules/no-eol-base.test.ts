import rule from "../../rules/no-eol-base.js";
import { testRule } from "./rule-test.js";

testRule("no-eol-base", rule, {
  valid: [
    { name: "living releases", code: "FROM node:24.19.0\nFROM alpine:3.24.1\n" },
    { name: "the last day itself", code: "FROM python:3.10\n", date: "2026-10-31" },
    { name: "Debian's long-term support reaches everyone", code: "FROM debian:bookworm\n" },
    { name: "paid support that counts", code: "FROM ubuntu:20.04\n", options: [{ extended: true }] },
    { name: "a product without dates", code: "FROM registry:3\n" },
    { name: "an image that the catalog does not know", code: "FROM acme/node:14\n" },
    { name: "a stage called like a release", code: "FROM node:24 AS python\nFROM python\n" },
  ],
  invalid: [
    {
      name: "no release lives any more",
      code: "FROM alpine:3.20\n",
      date: "2099-01-01",
      errors: [
        {
          messageId: "ended",
          message: /^`alpine:3\.20` holds alpine 3\.20, .*\(catalog of [\d-]+\)\. Move to a release/i,
        },
      ],
    },
    {
      name: "a product past its end of life",
      code: "FROM node:16-alpine AS build\n",
      errors: [
        {
          messageId: "endedTag",
          message:
            "`node:16-alpine` holds node 16, without fixes since 2023-09-11 (catalog of 2026-08-22). Use node 22: `node:22-alpine`.",
          column: 6,
          endColumn: 20,
          suggestions: ["FROM node:22-alpine AS build\n"],
        },
      ],
    },
    {
      name: "the day after the last",
      code: "FROM python:3.10\n",
      date: "2026-11-01",
      errors: [{ messageId: "endedTag" }],
    },
    {
      name: "a distribution past its end of life below a living product",
      code: "FROM python:3.12-buster\n",
      errors: [
        {
          messageId: "endedTag",
          message: /holds debian 10 \(buster\)/,
          suggestions: ["FROM python:3.12-bookworm\n"],
        },
      ],
    },
    {
      name: "both, each with its date, and one tag that is out of both",
      code: "FROM ruby:2.6.5-slim-buster\n",
      errors: [
        {
          messageId: "endedTag",
          message: /holds debian 10 \(buster\), without fixes since 2024-06-30/,
          suggestions: ["FROM ruby:3.3.12-slim-bookworm\n"],
        },
        {
          messageId: "endedTag",
          message: /holds ruby 2\.6, without fixes since 2022-03-31/,
          suggestions: ["FROM ruby:3.3.12-slim-bookworm\n"],
        },
      ],
    },
    {
      name: "a distribution in the tag of an image that nobody knows",
      code: "FROM acme/app:1.4.2-stretch\n",
      errors: [{ messageId: "endedNearest", message: /holds debian 9 \(stretch\)/, suggestions: [] }],
    },
    {
      name: "a product for which no tags are known",
      code: "FROM mcr.microsoft.com/dotnet/sdk:6.0\n",
      errors: [{ messageId: "endedNearest", message: /holds dotnet 6, .* Move to dotnet 10\.$/ }],
    },
    {
      name: "an image of the official set that a mirror has",
      code: "FROM harbor.example/hub/library/node:16\n",
      policy: { registries: { mirrors: { "docker.io": "harbor.example/hub" } } },
      errors: [{ messageId: "endedTag", suggestions: ["FROM harbor.example/hub/library/node:22\n"] }],
    },
    {
      name: "a release that ends within warnDays",
      code: "FROM python:3.10\n",
      options: [{ warnDays: 30 }],
      date: "2026-10-30",
      errors: [
        {
          messageId: "endedTag",
          message: /holds python 3\.10, whose fixes end on 2026-10-31, in one day \(catalog/,
        },
      ],
    },
    {
      name: "extended support that is over, too",
      code: "FROM ubuntu:14.04\n",
      options: [{ extended: true }],
      errors: [{ messageId: "endedTag", message: /^(?!.*null)/ }],
    },
    {
      name: "an image that left the official set",
      code: "FROM celery:4.0.2\n",
      errors: [
        {
          messageId: "retired",
          message:
            "`celery:4.0.2`: celery left the Docker Official Images on 2017-06-23 (catalog of 2026-08-21) and is rebuilt no " +
            "more. Move to an image that is maintained.",
          suggestions: [],
        },
      ],
    },
    {
      name: "one that left, at a release that is over as well: one finding",
      code: "FROM centos:7\n",
      errors: [
        { messageId: "retiredRelease", message: /centos left .* on 2024-07-29, and centos 7 ended on 2024-06-30/ },
      ],
    },
    {
      name: "the ARG default in which the release is written",
      code: "ARG NODE=16\nFROM node:${NODE}-alpine AS build\nFROM node:${NODE}\n",
      errors: [
        {
          messageId: "endedTag",
          line: 2,
          suggestions: ["ARG NODE=22\nFROM node:${NODE}-alpine AS build\nFROM node:${NODE}\n"],
        },
        { messageId: "endedTag", line: 3 },
      ],
    },
    {
      name: "a golden image takes its place: no other tag of it is offered",
      code: "FROM node:16\n",
      policy: { bases: { golden: [{ image: "golden/node", replaces: ["node"] }] } },
      errors: [{ messageId: "endedNearest", suggestions: [] }],
    },
  ],
});
