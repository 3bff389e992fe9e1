/* SPDX-License-Identifier: MIT */
/**
 * @file critmin.h
 * @brief Everything public.
 */
#ifndef CRITMIN_H
#define CRITMIN_H

#include "critmin/agreement.h"
#include "critmin/allocation.h"
#include "critmin/answer.h"
#include "critmin/attribution.h"
#include "critmin/bill.h"
#include "critmin/cascade.h"
#include "critmin/composite.h"
#include "critmin/concentration.h"
#include "critmin/criticality.h"
#include "critmin/dependency.h"
#include "critmin/drawdown.h"
#include "critmin/effective.h"
#include "critmin/export.h"
#include "critmin/group.h"
#include "critmin/metric.h"
#include "critmin/mineral.h"
#include "critmin/model.h"
#include "critmin/network.h"
#include "critmin/origin.h"
#include "critmin/ownership.h"
#include "critmin/price.h"
#include "critmin/producer.h"
#include "critmin/reserve.h"
#include "critmin/restriction.h"
#include "critmin/risk.h"
#include "critmin/scenario.h"
#include "critmin/selection.h"
#include "critmin/source.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"
#include "critmin/target.h"
#include "critmin/uncertainty.h"
#include "critmin/version.h"

#endif
