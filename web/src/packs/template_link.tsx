import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWords } from './codes';
import { useTemplatePlace } from './template_query';

/** From a record to the line of a plan, or the goal of a tree, that carries its name. */
export function TemplateLink({ kind, name }: { kind: 'issues' | 'measures' | 'indicators'; name: string }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  const place = useTemplatePlace(kind, name);
  if (!place) return null;
  return (
    <p className="note no-print">
      {t('stands_in')}{' '}
      <Link to="/templates" hash={place.hash}>
        {t(`place.${place.part}`, { pack: words(place.pack.label), no: place.no })}
      </Link>
    </p>
  );
}

/** To the page of templates, where plans are made. */
export function TemplatesLink() {
  const { t } = useTranslation('packs');
  return (
    <p className="note no-print mb-4">
      <Link to="/templates">{t('link')}</Link>
    </p>
  );
}
