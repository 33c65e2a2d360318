import { Navigate } from '@tanstack/react-router';
import { useMay } from '../app/session';

/** The first table this person may read. */
export default function AnalysisHome() {
  const may = useMay();
  return <Navigate to={may('figures.read') ? '/analysis/months' : '/analysis/matrix'} replace />;
}
