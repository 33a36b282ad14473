//! `AccountabilityService`, and the indicators of `RectificationService`: the plain kinds.

use diesel::QueryResult;
use ducha::v1;
use ducha::v1::accountability_service_server::AccountabilityService;
use ducha_records::accountability::{self, AccountabilityContent, AccountabilityFilter, IssueContent, IssueFilter};
use ducha_records::activities::{self, ActivityContent, ActivityFilter};
use ducha_records::alerts::{self, AlertContent, AlertFilter};
use ducha_records::indicators::{self, IndicatorContent, IndicatorFilter};
use ducha_records::page::Page;
use ducha_records::plain::{After, Recorded};
use ducha_records::{Database, Db, Reach};
use tonic::{Request, Response, Status};

use crate::answer::{Call, answer};
use crate::convert::{self, FileNames};
use crate::error::CallError;
use crate::page_token::Query;
use crate::pages::View;
use crate::plain::{Asked, Plain};
use crate::request::Checks;

/// A kind's functions under one trait.
macro_rules! plain {
    ($(#[$about:meta])* $kind:ident, $content:ty, $filter:ty, $message:ty, $list:path, $convert:path, $divisions:expr) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $kind;

        impl Plain for $kind {
            type Content = $content;
            type Filter = $filter;
            type Message = $message;

            fn list(
                db: &mut Db,
                reach: &Reach,
                inspection: &str,
                filter: &$filter,
                after: &After,
                size: usize,
            ) -> QueryResult<Page<Recorded<$content>>> {
                $list(db, reach, inspection, filter, after, size)
            }

            fn message(row: Recorded<$content>, names: &FileNames) -> $message {
                $convert(row, names)
            }

            fn divisions(filter: &mut $filter) -> Option<&mut Vec<String>> {
                let divisions: fn(&mut $filter) -> Option<&mut Vec<String>> = $divisions;
                divisions(filter)
            }
        }
    };
}

plain!(
    /// Indicators as plain records.
    OfIndicators,
    IndicatorContent,
    IndicatorFilter,
    v1::Indicator,
    indicators::list,
    convert::indicator,
    |filter| Some(&mut filter.divisions)
);
plain!(
    /// Issues handed over as plain records: they are all the province's.
    OfIssues,
    IssueContent,
    IssueFilter,
    v1::AccountabilityIssue,
    accountability::list_issues,
    convert::issue,
    |_| None
);
plain!(
    /// Decisions as plain records.
    OfDecisions,
    AccountabilityContent,
    AccountabilityFilter,
    v1::Accountability,
    accountability::list,
    convert::accountability,
    |filter| Some(&mut filter.divisions)
);
plain!(
    /// Activities as plain records.
    OfActivities,
    ActivityContent,
    ActivityFilter,
    v1::Activity,
    activities::list,
    convert::activity,
    |filter| Some(&mut filter.divisions)
);
plain!(
    /// Alerts as plain records.
    OfAlerts,
    AlertContent,
    AlertFilter,
    v1::Alert,
    alerts::list,
    convert::alert,
    |filter| Some(&mut filter.divisions)
);

/// Checks a request for a page of a plain kind. Its messages differ in their names only.
macro_rules! asked {
    ($kind:ty, $method:literal, $call:expr, $request:expr, $filter:ident) => {{
        let request = $request;
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let size = checks.page_size(request.page_size);
        let view = checks.view(request.view, View::Basic);
        let asked = request.filter.unwrap_or_default();
        let filter = checks.$filter(&asked);
        checks.done()?;
        let query = Query::new($method, &request.inspection_id, &asked, view as i32);
        Asked::<$kind> {
            inspection: request.inspection_id,
            filter,
            reach: $call.reach(),
            shown: $call.shown(view),
            size,
            query,
            token: request.page_token,
        }
    }};
}

/// A page of indicators, which `RectificationService` answers with.
///
/// # Errors
/// As [`Asked::answer`], and [`CallError::Fields`].
pub async fn list_indicators(
    database: &Database,
    call: Call,
    request: v1::ListIndicatorsRequest,
) -> Result<v1::ListIndicatorsResponse, CallError> {
    let asked = asked!(OfIndicators, "ListIndicators", call, request, indicators);
    let (indicators, next_page_token) = asked.answer(database).await?;
    Ok(v1::ListIndicatorsResponse {
        indicators,
        next_page_token,
    })
}

/// Issues, decisions, activities and alerts of one database.
pub struct Accountabilities {
    database: Database,
}

impl Accountabilities {
    /// Serves what is in `database`.
    #[must_use]
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    async fn issues(
        &self,
        call: Call,
        request: v1::ListAccountabilityIssuesRequest,
    ) -> Result<v1::ListAccountabilityIssuesResponse, CallError> {
        let asked = asked!(OfIssues, "ListAccountabilityIssues", call, request, issues);
        let (issues, next_page_token) = asked.answer(&self.database).await?;
        Ok(v1::ListAccountabilityIssuesResponse {
            issues,
            next_page_token,
        })
    }

    async fn decisions(
        &self,
        call: Call,
        request: v1::ListAccountabilitiesRequest,
    ) -> Result<v1::ListAccountabilitiesResponse, CallError> {
        let asked = asked!(OfDecisions, "ListAccountabilities", call, request, accountabilities);
        let (accountabilities, next_page_token) = asked.answer(&self.database).await?;
        Ok(v1::ListAccountabilitiesResponse {
            accountabilities,
            next_page_token,
        })
    }

    async fn activities(
        &self,
        call: Call,
        request: v1::ListActivitiesRequest,
    ) -> Result<v1::ListActivitiesResponse, CallError> {
        let asked = asked!(OfActivities, "ListActivities", call, request, activities);
        let (activities, next_page_token) = asked.answer(&self.database).await?;
        Ok(v1::ListActivitiesResponse {
            activities,
            next_page_token,
        })
    }

    async fn alerts(&self, call: Call, request: v1::ListAlertsRequest) -> Result<v1::ListAlertsResponse, CallError> {
        let asked = asked!(OfAlerts, "ListAlerts", call, request, alerts);
        let (alerts, next_page_token) = asked.answer(&self.database).await?;
        Ok(v1::ListAlertsResponse {
            alerts,
            next_page_token,
        })
    }
}

#[tonic::async_trait]
impl AccountabilityService for Accountabilities {
    async fn list_accountability_issues(
        &self,
        request: Request<v1::ListAccountabilityIssuesRequest>,
    ) -> Result<Response<v1::ListAccountabilityIssuesResponse>, Status> {
        answer(request, |call, request| self.issues(call, request)).await
    }

    async fn list_accountabilities(
        &self,
        request: Request<v1::ListAccountabilitiesRequest>,
    ) -> Result<Response<v1::ListAccountabilitiesResponse>, Status> {
        answer(request, |call, request| self.decisions(call, request)).await
    }

    async fn list_activities(
        &self,
        request: Request<v1::ListActivitiesRequest>,
    ) -> Result<Response<v1::ListActivitiesResponse>, Status> {
        answer(request, |call, request| self.activities(call, request)).await
    }

    async fn list_alerts(
        &self,
        request: Request<v1::ListAlertsRequest>,
    ) -> Result<Response<v1::ListAlertsResponse>, Status> {
        answer(request, |call, request| self.alerts(call, request)).await
    }
}
