// The one place where the names of the server's types enter the screens.
import type { components } from './schema';

/** The server leaves nothing out of an answer, though it lets much be left out of a request. */
export type Whole<T> = T extends (infer One)[] ? Whole<One>[] : T extends object ? { [Name in keyof T]-?: Whole<Exclude<T[Name], undefined>> } : T;

export type Schemas = { [Name in keyof components['schemas']]: Whole<components['schemas'][Name]> };

export type Problem = Schemas['Problem'];
export type FieldProblem = NonNullable<Problem['fields']>[number];

export type SessionView = Schemas['SessionView'];
export type Assignment = Schemas['Assignment'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type TotpSetup = Schemas['TotpSetup'];

export type Region = Schemas['Region'];
export type Desk = Schemas['Desk'];
export type PersonName = Schemas['PersonName'];
export type Packs = Schemas['PackView'];
export type Scheme = Schemas['Scheme'];
export type CodeEntry = Schemas['CodeEntry'];
export type Label = Schemas['Label'];
export type TemplateList = Schemas['TemplateList'];
export type PackTemplates = Schemas['PackTemplates'];
export type PlanTemplate = Schemas['PlanTemplate'];
export type IndicatorTree = Schemas['IndicatorTree'];
export type GoalTemplate = Schemas['GoalTemplate'];

export type Consultation = Schemas['Consultation'];
export type ConsultationSheet = Schemas['ConsultationSheet'];
export type ConsultationState = Schemas['ConsultationState'];
export type ConsultationRow = Schemas['ConsultationRow'];
export type ConsultationVersion = Schemas['ConsultationVersion'];
export type Finalisation = Schemas['Finalisation'];
export type OpenFollowUp = Schemas['OpenFollowUp'];
export type FollowUp = Schemas['FollowUp'];
export type ConferenceCase = Schemas['ConferenceCase'];
export type FieldText = Schemas['FieldText'];
export type Identifiers = Schemas['Identifiers'];
export type Mark = Schemas['Mark'];
export type MarkKind = Schemas['MarkKind'];
export type MarkDecision = Schemas['MarkDecision'];
export type Anonymised = Schemas['Anonymised'];
export type Activity = Schemas['Activity'];
export type Attachment = Schemas['Attachment'];
export type ActivityText = Schemas['ActivityText'];
export type ActivityState = Schemas['ActivityState'];
export type ActivityRow = Schemas['ActivityRow'];
export type Credit = Schemas['Credit'];
export type ActivityPage = Schemas['ActivityPage'];
export type Element = Schemas['Element'];
export type Person = Schemas['Person'];
export type Caller = Schemas['Caller'];
export type Import = Schemas['Import'];
export type ImportState = Schemas['ImportState'];
export type ImportMapping = Schemas['Mapping'];
export type SavedMapping = Schemas['SavedMapping'];
export type ImportGuess = Schemas['Guess'];
export type FileLine = Schemas['FileLine'];
export type LineFault = Schemas['LineFault'];
export type FaultyLine = Schemas['FaultyLine'];
export type PreviewLine = Schemas['PreviewLine'];
export type FoundWord = Schemas['FoundWord'];
export type Phrase = Schemas['Phrase'];
export type Term = Schemas['Term'];
export type TermKind = Schemas['TermKind'];
export type TermVersion = Schemas['TermVersion'];
export type Learning = Schemas['Learning'];
export type LearningItem = Schemas['LearningItem'];

export type Thread = Schemas['Thread'];
export type ThreadNode = Schemas['Node'];

/** Any page of a list: `next` goes back as `after`. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  total_capped: boolean;
}

export type SearchAnswer = Schemas['SearchAnswer'];
export type HitGroup = Schemas['HitGroup'];
export type Hit = Schemas['Hit'];
export type HitKind = Schemas['HitKind'];
export type TermNote = Schemas['TermNote'];

export type Suggestion = Schemas['Suggestion'];
export type Suggestions = Schemas['Suggestions'];
export type SimilarCase = Schemas['SimilarCase'];
export type SimilarCases = Schemas['SimilarCases'];
export type CommonPoint = Schemas['CommonPoint'];

export type CaseBackground = Schemas['CaseBackground'];

export type Issue = Schemas['Issue'];
export type IssueText = Schemas['IssueText'];
export type IssueState = Schemas['IssueState'];
export type IssueOrigin = Schemas['IssueOrigin'];
export type IssueRow = Schemas['IssueRow'];
export type IssueEvent = Schemas['IssueEvent'] & { detail?: string };
export type Evidence = Schemas['Evidence'];
export type Cause = Schemas['Cause'];

export type Body = Schemas['Body'];
export type BodyText = Schemas['NewBody'];
export type Meeting = Schemas['Meeting'];
export type MeetingText = Schemas['MeetingText'];
export type MeetingRow = Schemas['MeetingRow'];
export type AgendaItem = Schemas['AgendaItem'];
export type Attendance = Schemas['Attendance'];
export type Task = Schemas['Task'];

export type Measure = Schemas['Measure'];
export type MeasureText = Schemas['MeasureText'];
export type MeasureState = Schemas['MeasureState'];
export type MeasureRow = Schemas['MeasureRow'];

export type CountedValue = Schemas['CountedValue'];
export type Figure = Schemas['Figure'];
export type Indicator = Schemas['Indicator'];
export type IndicatorText = Schemas['IndicatorText'];
export type IndicatorRow = Schemas['IndicatorRow'];
export type IndicatorSeries = Schemas['IndicatorSeries'];
export type IndicatorValue = Schemas['IndicatorValue'];
export type IndicatorTarget = Schemas['IndicatorTarget'];
export type Evaluation = Schemas['Evaluation'];
export type EvaluationText = Schemas['EvaluationText'];
export type Judgement = Schemas['Judgement'];

export type Place = Schemas['Place'];
export type PlaceRow = Schemas['PlaceRow'];
export type Directory = Schemas['Directory'];
export type PublicDirectory = Schemas['PublicDirectory'];
export type PublicPlace = Schemas['PublicPlace'];
export type MapPoints = Schemas['MapPoints'];
export type MapRegion = Schemas['MapRegion'];
export type MapLabel = Schemas['MapLabel'];
export type MapSource = Schemas['MapSource'];
export type MapImport = Schemas['MapImport'];
export type MapDifference = Schemas['MapDifference'];
export type LocalText = Schemas['LocalText'];
export type OfficialImport = Schemas['OfficialImport'];
export type OfficialMapping = Schemas['OfficialMapping'];
export type OfficialState = Schemas['OfficialState'];
export type OwnPlace = Schemas['OwnPlace'];
export type OwnPlaceText = Schemas['OwnPlaceText'];
export type OwnPlaceRow = Schemas['OwnPlaceRow'];
export type PlaceMatch = Schemas['PlaceMatch'];
export type MatchState = Schemas['MatchState'];
export type MatchedPlace = Schemas['MatchedPlace'];
export type HoursLine = Schemas['HoursLine'];

export type Discharge = Schemas['Discharge'];
export type DischargeText = Schemas['DischargeText'];
export type DischargeState = Schemas['DischargeState'];
export type DischargeStep = Schemas['DischargeStep'];
export type DischargeRow = Schemas['DischargeRow'];
export type DischargePage = Schemas['DischargePage'];
export type DischargeBoard = Schemas['DischargeBoard'];
export type DischargeFigures = Schemas['DischargeFigures'];
export type FiguresBy = Schemas['FiguresBy'];
export type FiguresLine = Schemas['FiguresLine'];
export type DayFigure = Schemas['DayFigure'];
export type DueDays = Schemas['DueDays'];
export type Paper = Schemas['Paper'];
export type Party = Schemas['Party'];
export type FormDefinition = Schemas['FormDefinition'];
export type FormField = Schemas['FormField'];
export type FormAnswer = Schemas['FormAnswer'];
export type FormText = Schemas['FormText'];
export type FormList = Schemas['FormList'];
export type FormHead = Schemas['FormHead'];
export type WrittenForm = Schemas['Form'];
export type HolidayDifference = Schemas['HolidayDifference'];

export type ThreadEdge = Schemas['Edge'];
export type NodeKind = Schemas['NodeKind'];
export type Board = Schemas['Board'];
export type Card = Schemas['Card'];
export type Stage = Schemas['Stage'];

export type AnswerKey = Schemas['AnswerKey'];
export type AnswerKind = Schemas['AnswerKind'];
export type AnswerPage = Schemas['AnswerPage'];
export type Match = Schemas['Match'];
export type MatchText = Schemas['MatchText'];
export type CaseMatchState = Schemas['CaseMatchState'];
export type MatchWithReferrals = Schemas['MatchWithReferrals'];
export type Weekday = Schemas['Weekday'];
export type Candidate = Schemas['Candidate'];
export type FitPoint = Schemas['FitPoint'];
export type Referral = Schemas['Referral'];
export type ReferralText = Schemas['ReferralText'];
export type ReferralRow = Schemas['ReferralRow'];
export type ReferralPage = Schemas['ReferralPage'];
export type ReferralState = Schemas['ReferralState'];
export type ReferralMethod = Schemas['ReferralMethod'];
export type ReferralAnswer = Schemas['ReferralAnswer'];
export type ReferralOutcome = Schemas['ReferralOutcome'];
export type ReferralTask = Schemas['ReferralTask'];
export type ReferralVersion = Schemas['ReferralVersion'];
export type ShownFact = Schemas['ShownFact'];
export type AskedReferral = Schemas['AskedReferral'];
export type IssuedAnswerPage = Schemas['IssuedAnswerPage'];
export type GapTable = Schemas['GapTable'];
export type GapRow = Schemas['GapRow'];
export type GapReason = Schemas['GapReason'];
export type AnswerPageStanding = Schemas['AnswerPageStanding'];
export type AskedConfirmation = Schemas['AskedConfirmation'];
export type Confirmation = Schemas['Confirmation'];
export type ConfirmationMethod = Schemas['ConfirmationMethod'];
export type ConfirmationPage = Schemas['ConfirmationPage'];
export type ConfirmationRow = Schemas['ConfirmationRow'];
export type DueReason = Schemas['DueReason'];
export type DueRow = Schemas['DueRow'];
export type FacilityCard = Schemas['FacilityCard'];
export type PlaceChecked = Schemas['PlaceChecked'];
export type SurveyRound = Schemas['SurveyRound'];
export type ToldOffer = Schemas['ToldOffer'];
export type ToldVacancies = Schemas['ToldVacancies'];
export type Vacancy = Schemas['Vacancy'];
export type VacancyNote = Schemas['VacancyNote'];
export type VacancyPage = Schemas['VacancyPage'];
export type VacancyRow = Schemas['VacancyRow'];

export type LocalityList = Schemas['LocalityList'];
export type LocalityLists = Schemas['LocalityLists'];
export type LocalityDifference = Schemas['LocalityDifference'];
export type PostalTown = Schemas['PostalTown'];
export type PostalTowns = Schemas['PostalTowns'];
export type ToldText = Schemas['ToldText'];
export type Telling = Schemas['Telling'];
